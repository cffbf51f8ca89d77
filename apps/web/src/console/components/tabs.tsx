type TabsProps = {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly text: string }[];
  /** The address of the present tab. */
  readonly current: string;
};

/** The parts of a page, each with an address of its own. */
export function Tabs({ label, tabs, current }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, text }) => (
        <a key={href} href={href} aria-current={href === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
