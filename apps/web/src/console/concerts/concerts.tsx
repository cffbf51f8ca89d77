import { PageTitle } from '../../shared/components/page-title.tsx';

export function Concerts() {
  return <PageTitle title="Concerts" />;
}
