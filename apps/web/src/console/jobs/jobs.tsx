import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Jobs() {
  return <PageTitle title="Jobs" />;
}
