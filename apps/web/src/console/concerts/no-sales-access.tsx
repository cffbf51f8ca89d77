import { Notice } from '../../shared/components/notice.tsx';
import { PageHead } from '../components/page-head.tsx';

/** For staff without the scope to see sales, as those at a gate. */
export function NoSalesAccess() {
  return (
    <>
      <PageHead title="Concerts" />
      <Notice title="Your account does not show sales">
        <p>
          To see concerts and sales, your account needs the scope <code>sales:read</code>. Ask the
          administrator of this installation.
        </p>
      </Notice>
    </>
  );
}
