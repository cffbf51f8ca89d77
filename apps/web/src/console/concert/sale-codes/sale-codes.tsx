export function SaleCodes({ concertId }: { readonly concertId: string }) {
  return <>{concertId}</>;
}
