import { Chooser } from './people/chooser';
import { Hint } from './people/hint';
import { Phone } from './phone/phone';
import { connected, phones, shown, trouble } from './state/store';
import { Drawer } from './wire/drawer';

/** The whole page: who to be, their phones, and what lies behind a message. */
export function App() {
  return (
    <>
      <header>
        <p class="notice" role="note">
          Simulation: enter nothing real
        </p>
        <div class="top">
          <h1>Phones</h1>
          <Chooser />
        </div>
        <Banners />
      </header>
      <main>
        <Hint />
        <div class="phones">
          {shown.value.map((psid) => {
            const phone = phones.value[psid];
            return phone === undefined ? null : <Phone key={psid} phone={phone} />;
          })}
        </div>
      </main>
      <Drawer />
    </>
  );
}

function Banners() {
  return (
    <>
      {!connected.value && (
        <p class="banner" role="status">
          The simulator does not answer. This page goes on by itself when it is back.
        </p>
      )}
      {trouble.value !== undefined && (
        <p class="banner" role="alert">
          {trouble.value}{' '}
          <button type="button" class="quiet" onClick={() => (trouble.value = undefined)}>
            Close
          </button>
        </p>
      )}
    </>
  );
}
