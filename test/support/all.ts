import { together } from '../support/together';

void together(__dirname);
