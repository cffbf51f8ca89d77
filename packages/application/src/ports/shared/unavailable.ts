/** Thrown when a dependency cannot be reached or accepts no more requests. The caller may retry. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly dependency: string;

  constructor(dependency: 'mysql' | 'redis', options?: ErrorOptions) {
    super(`${dependency} is unavailable`, options);
    this.dependency = dependency;
  }
}
