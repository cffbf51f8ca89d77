/** Far above the largest valid body. */
export const BODY_BYTES_MAX = 16 * 1024;
/** Of the routes that take a layout: 50,000 seats with all their members take less than 160 bytes each. */
export const LAYOUT_BODY_BYTES_MAX = 8 * 1024 * 1024;
/** A path parameter is an id or a user id, of which percent-encoding makes at most twelve characters from one. */
export const PATH_PARAMETER_LENGTH_MAX = 128 * 12;
/** The time that a client may take to send a request. */
export const REQUEST_RECEIVED_MS_MAX = 30_000;
/** A connection on which nothing moves for this long while a request or an answer is under way is closed. */
export const CONNECTION_SILENT_MS_MAX = 30_000;
