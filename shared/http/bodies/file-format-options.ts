/** What a format of lines is told of the files that an endpoint takes. */
export interface FileFormatOptions {
  /** A file to show in the API's description. */
  readonly example: string;
  /** A file of more lines, blank ones counted, is refused before they are read. */
  readonly mostLines: number;
}
