import { type Signal, useSignal } from '@preact/signals';
import { formatMoney } from '../../../shared/i18n/formats.ts';
import { textsOf } from '../../../shared/i18n/locale.ts';
import type { HallModel } from '../hall-model.ts';
import type { Hall, HallSection } from '../seats/hall-seats.ts';
import { useHold } from '../hold/use-hold.ts';
import { Stepper } from './stepper.tsx';
import { bestMessages } from './messages.ts';
import './best.css';

type BestSeatsProps = {
  readonly model: HallModel;
  readonly hall: Hall;
  /** The open section. */
  readonly section: HallSection | undefined;
};

/** Holds the best available seats; nothing has to be filled in for two. */
export function BestSeats({ model, hall, section }: BestSeatsProps) {
  const texts = textsOf(bestMessages);
  if (section?.isStanding === true) return null;
  return (
    <section class="card" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <BestSeatsForm model={model} hall={hall} section={section} />
    </section>
  );
}

export function BestSeatsForm({ model, hall, section }: BestSeatsProps) {
  const texts = textsOf(bestMessages);
  const hold = useHold(model);
  const count = useSignal(2);
  const category = useSignal('');
  const sectionName = useSignal<string | null>(null);
  const isStanding = section?.isStanding === true;
  const wantedSection = isStanding ? section.name : (sectionName.value ?? '');
  const submit = (event: Event) => {
    event.preventDefault();
    void hold({
      eventId: model.event.id,
      bestAvailable: {
        count: count.value,
        ...(category.value === '' ? {} : { category: category.value }),
        ...(wantedSection === '' || !hall.hasLayout ? {} : { section: wantedSection }),
        ...(model.needsAccessible.value ? { accessible: true } : {}),
      },
    });
  };
  return (
    <form class="best-form" onSubmit={submit}>
      <p class="muted small">{isStanding ? texts.standingIntro : texts.intro}</p>
      <div class="best-row">
        <Stepper
          label={texts.count}
          fewer={texts.fewer}
          more={texts.more}
          value={count}
          max={model.seatsMax.value ?? SEATS_ASKED_MAX}
        />
        <button class="button" aria-disabled={model.isHolding.value}>
          {model.isHolding.value
            ? texts.holding
            : isStanding
              ? texts.submitStanding(count.value)
              : texts.submit(count.value)}
        </button>
      </div>
      {hall.hasLayout && (
        <details class="best-options">
          <summary class="small">{texts.options}</summary>
          <div class="stack">
            {!isStanding && <SectionField hall={hall} value={sectionName} />}
            <CategoryField hall={hall} section={section} isStanding={isStanding} value={category} />
            <label class="best-check">
              <input
                type="checkbox"
                checked={model.needsAccessible.value}
                onChange={({ currentTarget }) => (model.needsAccessible.value = currentTarget.checked)}
              />
              {texts.accessible}
            </label>
          </div>
        </details>
      )}
    </form>
  );
}

/** Until a refusal has told the limit of the concert. */
const SEATS_ASKED_MAX = 8;

function SectionField({ hall, value }: { readonly hall: Hall; readonly value: Signal<string | null> }) {
  const texts = textsOf(bestMessages);
  if (hall.sections.length < 2) return null;
  return (
    <label class="field">
      <span>{texts.section}</span>
      <select value={value.value ?? ''} onChange={({ currentTarget }) => (value.value = currentTarget.value)}>
        <option value="">{texts.any}</option>
        {hall.sections.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

type CategoryFieldProps = Pick<BestSeatsProps, 'hall' | 'section'> & {
  readonly isStanding: boolean;
  readonly value: Signal<string>;
};

function CategoryField({ hall, section, isStanding, value }: CategoryFieldProps) {
  const texts = textsOf(bestMessages);
  const categories = isStanding ? (section?.categories ?? []) : hall.categories;
  if (categories.length < 2) return null;
  return (
    <label class="field">
      <span>{texts.category}</span>
      <select value={value.value} onChange={({ currentTarget }) => (value.value = currentTarget.value)}>
        <option value="">{texts.any}</option>
        {categories.map(({ key, name, price }) => (
          <option key={key} value={key}>
            {name} · {formatMoney(price)}
          </option>
        ))}
      </select>
    </label>
  );
}
