import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Order() {
  return <PageTitle title="Order" />;
}
