import type { ComponentChildren } from 'preact';
import { PageTitle } from '../../shared/components/page-title.tsx';

type PageHeadProps = {
  readonly title: string;
  /** The pages above this one, from the top. */
  readonly trail?: readonly { readonly href: string; readonly text: string }[];
  /** States beside the title. */
  readonly badges?: ComponentChildren;
  /** A line below the title. */
  readonly lead?: ComponentChildren;
  /** Buttons at the end of the line. */
  readonly children?: ComponentChildren;
};

/** The head of a page: where it is, what it is called and what can be done here. */
export function PageHead({ title, trail = [], badges, lead, children }: PageHeadProps) {
  return (
    <header class="page-head">
      {trail.length > 0 && (
        <nav aria-label="Breadcrumb">
          <ol class="breadcrumb">
            {trail.map(({ href, text }) => (
              <li key={href}>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="row row-spread">
        <div>
          <div class="row">
            <PageTitle title={title} />
            {badges}
          </div>
          {lead && <p class="muted">{lead}</p>}
        </div>
        {children && <div class="row">{children}</div>}
      </div>
    </header>
  );
}
