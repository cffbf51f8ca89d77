import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type TemplateWithLayout = { readonly template: LayoutTemplate; readonly layout: Layout };

/** `layoutDigest` is the SHA-256 of the layout, in hex. */
export type LockedTemplate = { readonly template: LayoutTemplate; readonly layoutDigest: string };

export type LayoutTemplateReads = {
  /** Oldest first. */
  list(page: PageRequest): Promise<Page<LayoutTemplate>>;
  find(id: LayoutTemplateId): Promise<TemplateWithLayout | null>;
};

/** Layout templates inside a transaction. */
export type LayoutTemplates = {
  /** Adds a template. Returns the digest of its layout; null, and adds nothing, where another template has its name. */
  add(template: LayoutTemplate, layout: Layout): Promise<string | null>;
  lock(id: LayoutTemplateId): Promise<LockedTemplate | null>;
  /** Replaces a locked template. Returns the digest; null, and replaces nothing, where another template has its name. */
  save(template: LayoutTemplate, layout: Layout): Promise<string | null>;
  /** Removes a locked template. */
  remove(id: LayoutTemplateId): Promise<void>;
};
