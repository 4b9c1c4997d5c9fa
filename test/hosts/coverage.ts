/**
 * Where `npm run test:coverage` has what runs on test machines write down which of its code ran: `cutover.js` is run there
 * then instead of the built command line, and `raw/` gets the coverage of every process that comes to its end.
 */
export const coverage = process.env['CUTOVER_COVERAGE'];
