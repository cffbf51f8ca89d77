import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Tickets() {
  return <PageTitle title="Tickets" />;
}
