import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Layouts() {
  return <PageTitle title="Layouts" />;
}
