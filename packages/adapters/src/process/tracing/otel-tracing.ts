import { setTimeout as delay } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  context,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { traceClients } from './client-spans.ts';
import { reportFailures } from './report-failures.ts';
import type { RequestSpan, Tracing, TracingConfig } from './tracing.ts';

/** A collector that does not answer holds up no shutdown for longer. */
const STOP_MS_MAX = 2_000;
const propagator = new W3CTraceContextPropagator();
const getter = {
  keys: (carrier: { traceparent: string }) => Object.keys(carrier),
  get: (carrier: { traceparent: string }, key: string) =>
    key === 'traceparent' ? carrier.traceparent : undefined,
};

/**
 * Traces by OpenTelemetry. Spans name routes, statements and commands, and contain neither their values nor ids of users:
 * no URL, no header, no text of SQL and no argument of Redis.
 */
export function createOtelTracing({
  serviceName,
  ratio,
  delayMs,
}: TracingConfig & { readonly serviceName: string }): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = reportFailures(new OTLPTraceExporter());
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: delayMs })],
  });
  const tracer = provider.getTracer('frontrow');
  traceClients(tracer);

  return {
    current: () => traceparentOf(context.active()),
    continue(traceparent, step, work) {
      if (traceparent === null) return work();
      const span = tracer.startSpan(step, { kind: SpanKind.CONSUMER }, contextOf(traceparent));
      return context.with(trace.setSpan(ROOT_CONTEXT, span), () => endAfter(span, work));
    },
    startRequest(method, traceparent) {
      const caller = traceparent === undefined ? undefined : trace.getSpanContext(contextOf(traceparent));
      const links = caller === undefined ? [] : [{ context: caller }];
      // Anybody may call: a caller neither joins a trace nor decides that a request is traced.
      return requestSpan(tracer.startSpan(method, { kind: SpanKind.SERVER, links }, ROOT_CONTEXT));
    },
    logFields() {
      const running = trace.getSpanContext(context.active());
      return running === undefined ? {} : { traceId: running.traceId, spanId: running.spanId };
    },
    reportTo: exporter.reportTo,
    stop: () => Promise.race([provider.shutdown(), delay(STOP_MS_MAX, undefined, { ref: false })]),
  };
}

function requestSpan(span: Span): RequestSpan {
  const own = trace.setSpan(ROOT_CONTEXT, span);
  return {
    run: (work) => context.with(own, work),
    end(method, route, status) {
      const attributes: Attributes = {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
      };
      span.updateName(`${method} ${route}`).setAttributes(attributes);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** The name of an error tells what failed; its message may contain values. */
async function endAfter<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', (error as Error).name);
    throw error;
  } finally {
    span.end();
  }
}

function contextOf(traceparent: string): Context {
  return propagator.extract(ROOT_CONTEXT, { traceparent }, getter);
}

function traceparentOf(of: Context): string | null {
  const carrier: { traceparent?: string } = {};
  propagator.inject(of, carrier, {
    set: (to, key, value) => {
      if (key === 'traceparent') to.traceparent = value;
    },
  });
  return carrier.traceparent ?? null;
}
