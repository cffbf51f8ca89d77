/** Bounds how much one request can make us parse; no body of ours comes near it. */
export const BODY_BYTES_MAX = 16 * 1024;
/** A path holds an id or a user id, each character of which may take up to twelve in percent-encoding. */
export const PATH_PARAMETER_LENGTH_MAX = 128 * 12;
/** How long a client may take to send a request. */
export const REQUEST_RECEIVED_MS_MAX = 30_000;
