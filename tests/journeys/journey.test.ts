import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, createClient } from '../support/client.ts';
import { createFan } from '../support/fan.ts';
import { createPatientClient } from '../support/patient-client.ts';
import { type AppProcess, HTTP_ENV, startProcess } from '../support/processes.ts';
import { useInstallation } from '../support/use-installation.ts';
import { runJourney } from './run-journey.ts';
import { createTranscript } from './transcript.ts';

const installation = useInstallation({ http: 2, workers: 2 });
let embedded: AppProcess;
beforeAll(async () => {
  embedded = await startProcess({ name: 'embedded', main: 'apps/http/src/embedded.ts', env: HTTP_ENV });
});
afterAll(() => embedded.kill('SIGKILL'));

it('a journey gets the same answers in memory as from two processes on MySQL and Redis', async () => {
  const inMemory = await stepsOf([embedded]);
  const real = await stepsOf(installation().http);
  expect(inMemory.length).toBeGreaterThan(80);
  expect(real).toEqual(inMemory);
});

/** Runs the journey, with its requests on the processes in turn, and returns its transcript. */
async function stepsOf(processes: readonly AppProcess[]): Promise<readonly string[]> {
  const transcript = createTranscript();
  const clients: Client[] = processes.map(({ url }) =>
    transcript.record(createPatientClient(createClient(url))),
  );
  let requests = 0;
  const next = (): Client => {
    const client = clients[requests++ % clients.length];
    if (client === undefined) throw new Error('the journey needs a process');
    return client;
  };
  const fan = (userId: string, scope?: string) => createFan(userId, next, scope);
  try {
    await runJourney({
      admin: fan('admin', 'admin'),
      mina: fan('mina'),
      jun: fan('jun'),
      stranger: fan('stranger'),
    });
    return transcript.steps;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
