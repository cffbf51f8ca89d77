import { tracingChannel } from 'node:diagnostics_channel';
import {
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  context,
  trace,
} from '@opentelemetry/api';
import { summarise } from './summarise-sql.ts';

type Server = { readonly serverAddress?: string; readonly serverPort?: number };
type MysqlStatement = Server & { readonly query: string };
type RedisCommand = Server & { readonly command: string };
type Described = { readonly name: string; readonly attributes: Attributes };

/**
 * Makes a span of each statement and command that belongs to a traced request, by the channels in which both drivers say
 * what they do. They say nothing while nobody listens.
 */
export function traceClients(tracer: Tracer): void {
  for (const channel of ['mysql2:query', 'mysql2:execute']) traceChannel(tracer, channel, describeStatement);
  traceChannel(tracer, 'ioredis:command', describeCommand);
}

function describeStatement(message: object): Described {
  const { query, ...server } = message as MysqlStatement;
  const summary = summarise(query);
  return {
    name: summary,
    attributes: { 'db.system.name': 'mysql', 'db.query.summary': summary, ...addressOf(server) },
  };
}

function describeCommand(message: object): Described {
  const { command, ...server } = message as RedisCommand;
  const name = command.toUpperCase();
  return { name, attributes: { 'db.system.name': 'redis', 'db.operation.name': name, ...addressOf(server) } };
}

function addressOf({ serverAddress, serverPort }: Server): Attributes {
  return {
    ...(serverAddress === undefined ? {} : { 'server.address': serverAddress }),
    ...(serverPort === undefined ? {} : { 'server.port': serverPort }),
  };
}

function traceChannel(tracer: Tracer, name: string, describe: (message: object) => Described): void {
  const spans = new WeakMap<object, Span>();
  tracingChannel<unknown, object>(name).subscribe({
    start(message) {
      // Timers and later groups may run in the context of a request that has ended.
      if (trace.getSpan(context.active())?.isRecording() !== true) return;
      const { name: spanName, attributes } = describe(message);
      spans.set(message, tracer.startSpan(spanName, { kind: SpanKind.CLIENT, attributes }));
    },
    error(message) {
      const { code, name: errorName } = message.error as { readonly code?: string; readonly name: string };
      spans
        .get(message)
        ?.setStatus({ code: SpanStatusCode.ERROR })
        .setAttribute('error.type', code ?? errorName);
    },
    asyncEnd: (message) => spans.get(message)?.end(),
    end: () => undefined,
    asyncStart: () => undefined,
  });
}
