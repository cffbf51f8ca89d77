import { render } from 'preact';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/components.css';
import '../shared/styles/shell.css';
import { watchNetwork } from '../shared/connection/connection.ts';
import { applyLocale } from '../shared/i18n/locale.ts';
import { openSession } from '../shared/identity/open-session.ts';
import { followOtherTabs } from '../shared/identity/session.ts';
import { applyTheme } from '../shared/theme.ts';
import { FanPage } from './shell/fan-page.tsx';

applyTheme();
applyLocale();
watchNetwork(window, navigator.onLine);
followOtherTabs(window);
openSession();
render(<FanPage />, document.querySelector('#page') as HTMLElement);
