import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendApiIndex } from '../openapi/serve-openapi.ts';
import { handleError, handleNotFound } from '../problems/errors.ts';
import { sendCompressed } from '../routes/shared/compressed-answer.ts';
import { addVary } from '../routes/shared/vary.ts';
import type { Page } from './page.ts';
import { pageHeaders } from './page-headers.ts';
import type { Web } from './web-build.ts';

const FAN_PATHS = ['/concerts', '/concerts/*', '/events/*', '/reservations/*', '/tickets', '/wallet'];
const CONSOLE_PATHS = ['/console', '/console/*'];

const FILE_NAME = /^\w[\w.-]*$/;
/** Of a file whose name changes with its content. */
const ASSET_MAX_AGE_MS = 365 * 24 * 60 * 60_000;
/** Of `robots.txt` and the like. */
const FILE_MAX_AGE_MS = 60 * 60_000;

/**
 * Serves the fan page, the console and their files. In a scope of its own: the pages count neither in the requests in
 * flight nor in the rate limits, so that a fan sees what an overloaded API answers.
 */
export function addWeb(app: FastifyInstance, web: Web): void {
  app.register(async (scope) => {
    scope.setErrorHandler(handleFileError);
    addPages(scope, web);
    await scope.register(fastifyStatic, {
      serve: false, // its own routes list the folder for each request, which doubles the cost of a file
      root: web.folder,
      preCompressed: true,
      acceptRanges: false,
      dotfiles: 'ignore',
      index: false,
    });
    scope.get<{ Params: { file: string } }>('/assets/:file', HIDDEN, (request, reply) => {
      const { file } = request.params;
      if (!FILE_NAME.test(file)) return handleNotFound(request, reply);
      return reply.sendFile(file, web.assets, { maxAge: ASSET_MAX_AGE_MS, immutable: true });
    });
    for (const name of web.files)
      scope.get(`/${name}`, HIDDEN, (_request, reply) => reply.sendFile(name, { maxAge: FILE_MAX_AGE_MS }));
  });
}

/** What describes a file, and not the refusal that is sent in its place. */
const FILE_HEADERS = ['Content-Encoding', 'ETag', 'Last-Modified'];

const HIDDEN = { schema: { hide: true } };

function addPages(scope: FastifyInstance, { settings, fanPage, consolePage }: Web): void {
  const headers = pageHeaders(settings);
  const send = (page: Page) => (request: FastifyRequest, reply: FastifyReply) =>
    sendCompressed(request, reply.headers(headers), page(), 'no-cache');
  const sendFanPage = send(fanPage);
  scope.get('/', HIDDEN, (request, reply) => {
    addVary(reply, 'Accept');
    return asksForData(request) ? sendApiIndex(reply) : sendFanPage(request, reply);
  });
  for (const path of FAN_PATHS) scope.get(path, HIDDEN, sendFanPage);
  for (const path of CONSOLE_PATHS) scope.get(path, HIDDEN, send(consolePage));
}

/** Whether the client is a program that takes JSON, and no browser. */
function asksForData({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('application/json') && !accept.includes('text/html');
}

/** Answers 404 for a name that cannot be that of a file, and for a file that vanishes while it is opened. */
function handleFileError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  for (const header of FILE_HEADERS) reply.removeHeader(header);
  const isUnknown = error.code === 'ENOENT' || (error.statusCode ?? 500) < 500;
  return isUnknown ? handleNotFound(request, reply) : handleError(error, request, reply);
}
