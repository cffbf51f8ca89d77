import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Hall() {
  return <PageTitle title="Hall" />;
}
