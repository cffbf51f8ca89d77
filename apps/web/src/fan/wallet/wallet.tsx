import { PageTitle } from '../../shared/components/page-title.tsx';

export default function Wallet() {
  return <PageTitle title="Wallet" />;
}
