import { useRoute } from 'preact-iso/router';
import { NewTemplate } from './new-template.tsx';
import { TemplatePage } from './template-page.tsx';
import { Templates } from './templates.tsx';
import './layouts.css';

/** The layouts that are kept for many dates. */
export default function Layouts() {
  const layoutTemplateId = useRoute().params['layoutTemplateId'];
  if (layoutTemplateId === undefined) return <Templates />;
  return layoutTemplateId === 'new' ? <NewTemplate /> : <TemplatePage layoutTemplateId={layoutTemplateId} />;
}
