const { default: Sequencer } = require('@jest/test-sequencer');

/** No path has this in it. */
const ALL_OTHERS = '*';

/**
 * Two files that take minutes keep the processors busy; what waits for pages and processes runs beside them. On a fresh
 * clone Jest knows no durations, and a long file that began last would run alone at the end: so the model comes first,
 * and the long money tests take the places that it leaves.
 */
const ORDER = [
  'model/first-half',
  'model/second-half',
  'stack/survival',
  'test/desk/',
  ALL_OTHERS,
  'unclaimed-thousand',
  'money/orders/',
];

/** Orders the long files so that two of them run at a time, and leaves the others to Jest. */
module.exports = class TwoLongOnes extends Sequencer {
  sort(tests) {
    const place = ({ path }) => ORDER.indexOf(ORDER.find((part) => path.includes(part)) ?? ALL_OTHERS);
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
