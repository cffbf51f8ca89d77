export function PolicyTab({ concertId }: { readonly concertId: string }) {
  return <>{concertId}</>;
}
