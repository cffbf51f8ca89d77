/** Whether a client takes gzip, by RFC 9110, section 12.5.3. */
export function acceptsGzip(acceptEncoding = ''): boolean {
  const weights = new Map(
    acceptEncoding.split(',').map((coding) => {
      const [name = '', ...parameters] = coding.toLowerCase().split(';');
      const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return [name.trim(), q === undefined ? 1 : Number(q.trim().slice(2))];
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}
