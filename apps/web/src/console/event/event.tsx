import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Event() {
  return <PageTitle title="Event" />;
}
