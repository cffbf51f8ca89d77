import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Room() {
  return <PageTitle title="Room" />;
}
