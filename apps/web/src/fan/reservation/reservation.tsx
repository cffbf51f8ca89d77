import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Reservation() {
  return <PageTitle title="Reservation" />;
}
