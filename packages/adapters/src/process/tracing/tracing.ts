import { UNTRACED, type Traces } from '@frontrow/application/ports/shared/traces.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { oneOf, wholeNumber } from '../environment.ts';

/** The variables of OpenTelemetry that are read; the names, values and defaults are those of its specification. */
export const tracingVariables = {
  OTEL_SDK_DISABLED: oneOf(['true', 'false']).default('false'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
  OTEL_TRACES_SAMPLER: oneOf(['parentbased_always_on', 'parentbased_traceidratio']).default(
    'parentbased_always_on',
  ),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .refine((text) => /^(0(\.\d+)?|1(\.0+)?)$/.test(text), 'must be a number from 0 to 1')
    .transform(Number)
    .default(1),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1, 300_000).default(5_000),
};

export type TracingConfig = {
  readonly serviceName: string | undefined;
  /** The share of the requests that are traced, from 0 to 1. */
  readonly ratio: number;
  /** How long spans are collected before they are sent. */
  readonly delayMs: number;
};

/** Null where nothing is traced. The exporter reads its own variables itself. */
export function tracingConfigOf(
  variables: z.output<z.ZodObject<typeof tracingVariables>>,
): TracingConfig | null {
  if (variables.OTEL_EXPORTER_OTLP_ENDPOINT === undefined || variables.OTEL_SDK_DISABLED === 'true')
    return null;
  const byRatio = variables.OTEL_TRACES_SAMPLER === 'parentbased_traceidratio';
  return {
    serviceName: variables.OTEL_SERVICE_NAME,
    ratio: byRatio ? variables.OTEL_TRACES_SAMPLER_ARG : 1,
    delayMs: variables.OTEL_BSP_SCHEDULE_DELAY,
  };
}

export type RequestSpan = {
  /** Runs what belongs to the request, also after a callback that has lost its context. */
  run(work: () => void): void;
  /** Ends the span. The route is the pattern of the path, which contains no id. */
  end(method: string, route: string, status: number): void;
};

export type Tracing = Traces & {
  /** Starts the trace of a request, which is linked to the caller's trace and not part of it. Null where nothing is traced. */
  readonly startRequest: ((method: string, traceparent: string | undefined) => RequestSpan) | null;
  /** The ids of the running step, for each line of the log. */
  readonly logFields: (() => Readonly<Record<string, string>>) | undefined;
  /** Where a failed export is reported. */
  readonly reportTo: (logger: Logger) => void;
  /** Sends what is collected. */
  readonly stop: () => Promise<void>;
};

export const NO_TRACING: Tracing = {
  ...UNTRACED,
  startRequest: null,
  logFields: undefined,
  reportTo: () => undefined,
  stop: async () => undefined,
};
