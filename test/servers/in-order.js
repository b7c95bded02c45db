const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Two files of hours and days keep the processors busy; what waits for pages and processes runs beside them. On a fresh
 * clone Jest knows no durations, and a long file that began last would run alone at the end: so the model comes first,
 * and the long money tests take the places that it leaves.
 */
const FIRST = ['model/first-half', 'model/second-half', 'stack/survival', 'test/desk/'];
const LAST = ['unclaimed-thousand', 'money/orders/'];

/** Orders the long files so that two of them run at a time, and leaves the others to Jest. */
module.exports = class TwoLongOnes extends Sequencer {
  sort(tests) {
    const among = (list, path, otherwise) => {
      const found = list.findIndex((part) => path.includes(part));
      return found === -1 ? otherwise : found;
    };
    const place = ({ path }) => among(FIRST, path, FIRST.length) + among(LAST, path, -1) + 1;
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
