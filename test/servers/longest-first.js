const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Files that take minutes, the longest first: on a fresh clone Jest knows no durations, and one of these that began last
 * would run alone at the end.
 */
const LONG = [
  'model/first-half',
  'model/second-half',
  'unclaimed-thousand',
  'money/orders/',
  'stack/survival',
  'test/desk/',
];

/** Runs the long files first, and leaves the order of the others to Jest. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONG.findIndex((part) => path.includes(part));
      return found === -1 ? LONG.length : found;
    };
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
