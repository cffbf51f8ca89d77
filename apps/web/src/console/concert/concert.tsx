import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Concert() {
  return <PageTitle title="Concert" />;
}
