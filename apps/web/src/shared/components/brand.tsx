/** The name of the product with its mark: three seats of a front row. */
export function Brand({ href, suffix }: { readonly href: string; readonly suffix?: string }) {
  return (
    <a class="brand" href={href}>
      <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
        <rect class="brand-tile" width="32" height="32" rx="7" />
        <path class="brand-stage" d="M7 21c5-2.600 13-2.600 18 0" />
        <rect class="brand-seat" x="6.500" y="9" width="5" height="6.500" rx="1.600" />
        <rect class="brand-seat" x="13.500" y="7.600" width="5" height="6.500" rx="1.600" />
        <rect class="brand-seat" x="20.500" y="9" width="5" height="6.500" rx="1.600" />
      </svg>
      <span>frontrow{suffix === undefined ? '' : ` ${suffix}`}</span>
    </a>
  );
}
