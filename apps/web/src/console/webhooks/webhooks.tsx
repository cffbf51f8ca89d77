import { useRoute } from 'preact-iso/router';
import { EndpointPage } from './endpoint-page.tsx';
import { Endpoints } from './endpoints.tsx';
import './webhooks.css';

/** The receivers of what happens in sales. */
export default function Webhooks() {
  const endpointId = useRoute().params['endpointId'];
  return endpointId === undefined ? <Endpoints /> : <EndpointPage endpointId={endpointId} />;
}
