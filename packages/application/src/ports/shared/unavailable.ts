/** A dependency that is away or has no room for one more request. The caller may try again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly dependency: string;

  constructor(dependency: 'mysql' | 'redis', options?: ErrorOptions) {
    super(`${dependency} is unavailable`, options);
    this.dependency = dependency;
  }
}
