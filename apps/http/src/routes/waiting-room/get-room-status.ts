import type { RoomAnswer } from '@frontrow/application/use-cases/waiting-room/get-room-status.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { concertParams } from '../shared/path-params.ts';
import { sendShared, shareAnswer } from '../shared/shared-answer.ts';
import { presentRoomStatus, roomStatus } from './room-status-schema.ts';

const answerOf = memoizeByObject((answer: RoomAnswer) => shareAnswer(presentRoomStatus(answer)));

const DESCRIPTION = [
  'One answer for all fans, which caches may keep for a second; docs/room-status.md says how a client uses it. The position',
  'of a place with the sequence `s` between two neighbours `a` and `b` of `line` is the lower of',
  '`a.position + s - a.sequence` and `b.position - 1`; that of a place in `line` is given. It is never lower than the true',
  'position at `asOf`. The wait is that of the first entry of `waits` with `upToPosition >= position`: never shorter than',
  'the estimate of the place itself. Read the personal status instead where `s` is lower than `firstWaitingSequence` or higher',
  'than every sequence of `line`, where `line` is empty, when parked, and whenever `epoch` has grown.',
].join(' ');

export const getRoomStatus: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId/room',
    config: { identity: 'anyone', countedAs: 'rooms', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getRoomStatus',
      summary: 'Read the status of a waiting room, from which each fan computes their own position',
      description: DESCRIPTION,
      tags: ['Waiting room'],
      params: concertParams,
      response: { 200: roomStatus },
    },
    handler: async (request, reply) => {
      const found = await application.getRoomStatus(request.params.concertId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return sendShared(request, reply, answerOf(found.value));
    },
  });
