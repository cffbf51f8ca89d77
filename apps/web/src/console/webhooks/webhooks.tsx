import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Webhooks() {
  return <PageTitle title="Webhooks" />;
}
