import { type Signal, signal } from '@preact/signals';
import type { Concert } from '@frontrow/client';
import { TextAreaField, TextField } from '../components/fields.tsx';
import type { AnyProblem } from '../data/answer.ts';
import { errorAt } from '../problems/field-errors.ts';

type ConcertForm = { readonly [Field in 'title' | 'artist' | 'description']: Signal<string> };

export function concertForm(of?: Pick<Concert, 'title' | 'artist' | 'description'>): ConcertForm {
  return {
    title: signal(of?.title ?? ''),
    artist: signal(of?.artist ?? ''),
    description: signal(of?.description ?? ''),
  };
}

/** What fans read of a concert. */
export function ConcertFields({
  form,
  problem,
}: {
  readonly form: ConcertForm;
  readonly problem: AnyProblem | null;
}) {
  return (
    <>
      <TextField
        label="Title"
        value={form.title}
        required
        maxLength={200}
        autoComplete="off"
        error={errorAt(problem, '/title')}
      />
      <TextField
        label="Artist"
        value={form.artist}
        required
        maxLength={200}
        autoComplete="off"
        error={errorAt(problem, '/artist')}
      />
      <TextAreaField
        label="Description"
        value={form.description}
        maxLength={2_000}
        hint="What fans read on the page of the concert."
        error={errorAt(problem, '/description')}
      />
    </>
  );
}
