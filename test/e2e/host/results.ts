/** How a test inside the extension host ended. */
export interface HostTest {
  readonly title: string;
  /** Set where it failed. */
  readonly error?: string;
}
