import { seededRandom } from '../../support/random';

/** Rows by table, in an order in which the database takes them. */
export type ShopRows = readonly (readonly [model: string, rows: readonly Readonly<Record<string, unknown>>[]])[];

const COUNTS = { companies: 12, customers: 40, orders: 90, categories: 8, products: 30, employees: 10 };
const CITIES = ['Lyon', 'Porto', 'Graz', null];
const COUNTRIES = ['FR', 'PT', 'AT'];
const STATUSES = ['DRAFT', 'PLACED', 'PAID', 'SHIPPED', 'CANCELLED'];
const TEAMS = ['sales', 'support', 'service'];
const WAREHOUSES = ['north', 'south', 'east'];
const TAGS = ['new', 'sale', 'heavy', 'fragile', 'unused'];

/**
 * The rows of the shop, the same for the same seed, with the awkward ones in: parents without children,
 * nulls, values that many rows share, equal sort keys. Ids count from 1 in the order given.
 */
export function shopRows(seed: number): ShopRows {
  const random = seededRandom(seed);
  const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  /** Whole days, so that many are equal. */
  const day = (within: number) => new Date(Date.UTC(2024, 0, 1 + random.below(within)));
  const money = (limit: number) => `${random.below(limit)}.${random.pick(['00', '50', '99'])}`;
  const maybe = <Value>(value: Value): Value | null => (random.below(3) === 0 ? null : value);

  const companies = ids(COUNTS.companies).map((id) => ({
    name: `Company ${id % 5}`,
    domain: id % 3 === 0 ? null : `company${id}.example`,
    parentId: id > 4 ? 1 + random.below(4) : null,
  }));
  const customers = ids(COUNTS.customers).map((id) => ({
    email: `customer${id}@shop.example`,
    name: `Customer ${id % 15}`,
    phone: maybe(`+33 ${id}`),
    city: random.pick(CITIES),
    country: random.pick(COUNTRIES),
    channel: random.pick(['WEB', 'PHONE', 'STORE']),
    active: random.below(4) > 0,
    points: random.below(6) * 10,
    balance: money(500),
    settings: random.below(2) === 0 ? undefined : { theme: random.pick(['dark', 'light']), limits: [id] },
    biography: maybe(`About customer ${id}. `.repeat(20)),
    birthday: maybe(day(300)),
    createdAt: day(20),
    companyId: maybe(1 + random.below(COUNTS.companies - 2)),
  }));
  const addresses = ids(50).map((id) => ({
    customerId: 1 + random.below(COUNTS.customers - 10),
    street: `Street ${id % 20}`,
    city: random.pick(['Lyon', 'Porto', 'Graz']),
    billing: random.below(2) === 0,
  }));
  const employees = ids(COUNTS.employees).map((id) => ({
    name: `Employee ${id % 7}`,
    email: `employee${id}@shop.example`,
    team: random.pick(TEAMS),
    managerId: id > 3 ? 1 + random.below(3) : null,
  }));
  const orders = ids(COUNTS.orders).map((id) => ({
    number: `O-${String(id).padStart(4, '0')}`,
    status: random.pick(STATUSES),
    customerId: 1 + random.below(COUNTS.customers - 5),
    employeeId: maybe(1 + random.below(COUNTS.employees - 2)),
    total: money(900),
    remark: maybe(`Remark ${id % 4}`),
    meta: random.below(2) === 0 ? undefined : { source: random.pick(['ad', 'mail']), tries: id % 3 },
    placedAt: maybe(day(30)),
    createdAt: day(15),
  }));
  const categories = ids(COUNTS.categories).map((id) => ({
    slug: `category-${id}`,
    title: `Category ${id % 4}`,
    parentId: id > 2 ? 1 + random.below(id - 1) : null,
  }));
  const products = ids(COUNTS.products).map((id) => ({
    sku: `SKU-${String(id).padStart(3, '0')}`,
    name: `Product ${id % 12}`,
    description: maybe(`What product ${id} is good for. `.repeat(10)),
    price: money(200),
    weight: maybe(random.below(50) / 4),
    attributes: { colour: random.pick(['red', 'blue']), sizes: [1, id] },
    image: id % 4 === 0 ? new Uint8Array([1, 2, id]) : null,
    discontinued: random.below(5) === 0,
    categoryId: maybe(1 + random.below(COUNTS.categories - 1)),
    createdAt: day(10),
  }));
  const lines = ids(COUNTS.orders - 10).flatMap((orderId) =>
    ids(random.below(4)).map((position) => ({
      orderId,
      position,
      productId: 1 + random.below(COUNTS.products - 3),
      quantity: 1 + random.below(3),
      price: money(200),
    })),
  );
  const payments = ids(60).map((id) => ({
    orderId: 1 + random.below(COUNTS.orders - 20),
    reference: `P-${String(id).padStart(4, '0')}`,
    amount: money(300),
    paidAt: maybe(day(40)),
  }));
  const reviews = ids(COUNTS.products - 5).flatMap((productId) =>
    ids(random.below(4)).map((nth) => ({
      productId,
      customerId: nth === 3 ? null : nth * 7 + random.below(7),
      rating: 1 + random.below(5),
      text: maybe(`Review ${nth}`),
      createdAt: day(8),
    })),
  );
  const stock = ids(COUNTS.products - 4).flatMap((productId) =>
    WAREHOUSES.filter(() => random.below(3) > 0).map((warehouse) => ({
      productId,
      warehouse,
      quantity: random.below(40),
      countedAt: maybe(day(60)),
    })),
  );
  return [
    ['Company', companies],
    ['Customer', customers],
    ['Address', addresses],
    ['Employee', employees],
    ['Order', orders],
    ['Category', categories],
    ['Product', products],
    ['OrderLine', lines],
    ['Payment', payments],
    ['Tag', TAGS.map((label, index) => ({ label, colour: index % 2 === 0 ? null : 'green' }))],
    ['Review', reviews],
    ['StockLevel', stock],
  ];
}

/** The tags of the products: every product of an even id has one or two of the first four. */
export function shopTags(): readonly { readonly productId: number; readonly tagIds: readonly number[] }[] {
  return Array.from({ length: COUNTS.products / 2 }, (_, index) => ({
    productId: (index + 1) * 2,
    tagIds: index % 3 === 0 ? [1 + (index % 4)] : [1 + (index % 4), 1 + ((index + 1) % 4)],
  }));
}
