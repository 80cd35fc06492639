/** The command line can't be carried out as given; the message is one line for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
