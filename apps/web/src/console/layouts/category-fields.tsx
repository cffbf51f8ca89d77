import type { Layout } from '@frontrow/client';
import type { Signal } from '@preact/signals';
import { changeCategory } from './edit-layout.ts';

/** Names, prices and colours of the categories. */
export function CategoryFields({ layout }: { readonly layout: Signal<Layout> }) {
  return (
    <section class="stack">
      <h2>Categories</h2>
      {layout.value.categories.map(({ key, name, price, colour }, index) => (
        <div key={key} class="row category" role="group" aria-label={`Category ${name}`}>
          <input
            type="color"
            aria-label={`Colour of ${key}`}
            value={colour}
            onChange={({ currentTarget }) => {
              layout.value = changeCategory(layout.value, index, { colour: currentTarget.value });
            }}
          />
          <input
            class="input category-name"
            aria-label={`Name of ${key}`}
            value={name}
            maxLength={100}
            onChange={({ currentTarget }) => {
              layout.value = changeCategory(layout.value, index, { name: currentTarget.value });
            }}
          />
          <input
            class="input category-price"
            type="number"
            min={0}
            aria-label={`Price of ${key} in won`}
            value={price}
            onChange={({ currentTarget }) => {
              if (currentTarget.value === '') currentTarget.value = `${price}`;
              else layout.value = changeCategory(layout.value, index, { price: Number(currentTarget.value) });
            }}
          />
          <code class="muted small">{key}</code>
        </div>
      ))}
    </section>
  );
}
