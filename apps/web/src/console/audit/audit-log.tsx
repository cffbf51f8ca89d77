import { PageTitle } from '../../shared/components/page-title.tsx';

export default function AuditLog() {
  return <PageTitle title="AuditLog" />;
}
