import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../src/storage.ts';
import { createTicketStore } from '../src/ticket-store.ts';
import { DENIED_STORAGE } from './support/denied-storage.ts';
import { queueStatus } from './support/sample-answers.ts';

describe('the ticket store', () => {
  it('keeps the newest ticket of each concert, also for a page that opens later', () => {
    const storage = createMemoryStorage();
    const tickets = createTicketStore(storage);
    tickets.keep(queueStatus(0, { token: 'first' }));
    tickets.keep(queueStatus(10, { token: 'second' }));
    tickets.keep(queueStatus(20));
    tickets.keep(queueStatus(0, { concertId: 'other', token: 'another' }));
    const reopened = createTicketStore(storage);
    expect([reopened.read('concert'), reopened.read('other')]).toEqual(['second', 'another']);
    expect(reopened.read('unknown')).toBeNull();
    reopened.forget('concert');
    expect(tickets.read('concert')).toBeNull();
  });

  it('keeps no older ticket over a newer one that another tab has stored', () => {
    const storage = createMemoryStorage();
    const [a, b] = [createTicketStore(storage), createTicketStore(storage)];
    a.keep(queueStatus(20, { token: 'newer' }));
    b.keep(queueStatus(10, { token: 'older' }));
    expect(b.read('concert')).toBe('newer');
  });

  it('keeps the ticket of a later place, whatever the clock of the server says', () => {
    const tickets = createTicketStore(createMemoryStorage());
    tickets.keep(queueStatus(20, { token: 'first-place', sequence: 7 }));
    tickets.keep(queueStatus(10, { token: 'second-place', sequence: 8 }));
    tickets.keep(queueStatus(30, { token: 'first-place-again', sequence: 7 }));
    expect(tickets.read('concert')).toBe('second-place');
  });

  it('works where nothing can be stored', () => {
    const tickets = createTicketStore(DENIED_STORAGE);
    tickets.keep(queueStatus(0, { token: 'kept' }));
    expect(tickets.read('concert')).toBe('kept');
  });
});
