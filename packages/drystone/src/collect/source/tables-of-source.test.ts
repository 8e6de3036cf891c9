/** Each framework of the field: two tables, one of which refers to the other, and code of another folder that uses one. */
import { expect, test } from "vitest";
import { cuesOf } from "#collect/code/index.js";
import type { Ref } from "#model/refs.js";
import { tablesOfSource } from "./tables-of-source.js";

const shop = "component:default/shop" as Ref;

/** `table: access file, …` by name. */
function tables(files: Readonly<Record<string, string>>, owner: (path: string) => Ref | null = () => shop): string[] {
  const readings = [
    {
      repository: "r",
      files: Object.entries(files).map(([path, text]) => ({
        path,
        cues: cuesOf(path, text),
        settings: null,
        tokens: null,
        imports: null,
        names: null,
        dapr: [],
        signs: [],
      })),
    },
  ];
  return tablesOfSource({
    readings,
    owners: { of: (_, path) => owner(path) },
    libraries: new Map(),
    resources: [],
    relations: [],
  }).map(({ name, uses }) => `${name}: ${uses.map(({ access, file }) => `${access} ${file}`).join(", ")}`);
}

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    "Rails: a class of another module is another one, and a class within a migration has its own table",
    {
      "app/models/customer.rb": "class Customer < ApplicationRecord\nend\n",
      "app/models/shop/order.rb":
        "module Shop\n  class Order < ApplicationRecord\n    self.table_name = 'shop_orders'\n  end\nend\n",
      "app/pay.rb": "class Pay\n  def pay\n    Stripe::Customer.create(a: 1)\n    Shop::Order.create(a: 1)\n  end\nend\n",
      "db/migrate/1_fill.rb":
        "class Fill < ActiveRecord::Migration[7.0]\n  class Customer < ApplicationRecord\n    self.table_name = 'old_customers'\n  end\nend\n",
    },
    ["customers: map app/models/customer.rb", "shop_orders: map app/models/shop/order.rb, write app/pay.rb"],
  ],
  [
    "Django, with bases of its own, an abstract one, and a table that is gone",
    {
      "billing/models.py":
        'from django.db import models\nclass Base(models.Model):\n    """\nOne\n"""\n    class Meta:\n        abstract = True\nclass Invoice(Base):\n    order = models.ForeignKey(to="sales.Order", on_delete=1)\n',
      "billing/migrations/0001.py":
        'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name="Invoice", fields=[]), migrations.CreateModel(name="Gone", fields=[])]\n',
      "sales/models/orders.py": "from django.db import models\nclass Order(models.Model):\n    total = models.IntegerField()\n",
      "web/views.py": "from sales.models import Order\ndef show():\n    return Order.objects.filter(total=1)\n",
    },
    [
      "billing_invoice: define billing/migrations/0001.py, read billing/models.py",
      "sales_order: read billing/models.py, map sales/models/orders.py, read web/views.py",
    ],
  ],
  [
    "Django, with a table that later steps of the migrations rename",
    {
      "users/models.py": "from django.db import models\nclass User(models.Model):\n    name = models.TextField()\n",
      "users/migrations/0001.py":
        'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name="User", fields=[], options={"db_table": "auth_user"})]\n',
      "users/migrations/0005.py":
        'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.AlterModelTable(name="user", table=None)]\n',
      "web/views.py": "from users.models import User\ndef show():\n    return User.objects.all()\n",
    },
    ["users_user: define users/migrations/0001.py, define users/migrations/0005.py, map users/models.py, read web/views.py"],
  ],
  [
    "SQLAlchemy",
    {
      "billing/invoice.py":
        'from sqlalchemy import Column, ForeignKey\nclass Invoice(Base):\n    __tablename__ = "invoices"\n    order_id = Column(ForeignKey("orders.id"))\n',
      "sales/order.py": 'from sqlalchemy import Column\nclass Order(Base):\n    __tablename__ = "orders"\n',
      "web/views.py": "from sqlalchemy import select\ndef show(session):\n    return session.query(Order)\n",
    },
    ["invoices: map billing/invoice.py", "orders: read billing/invoice.py, map sales/order.py, read web/views.py"],
  ],
  [
    "ActiveRecord",
    {
      "db/schema.rb":
        'ActiveRecord::Schema.define do\n  create_table "orders" do |t|\n  end\n  create_table "opening_times" do |t|\n  end\nend\n',
      "app/models/opening_times.rb": "class OpeningTimes < ApplicationRecord\n  belongs_to :order\nend\n",
      "app/models/order.rb": "class Order < ApplicationRecord\nend\n",
      "app/services/pay.rb": "class Pay\n  def call\n    Order.create!(total: 1)\n  end\nend\n",
    },
    [
      "opening_times: map app/models/opening_times.rb, define db/schema.rb",
      "orders: read app/models/opening_times.rb, map app/models/order.rb, write app/services/pay.rb, define db/schema.rb",
    ],
  ],
  [
    "Entity Framework",
    {
      "Data/ShopContext.cs":
        "using Microsoft.EntityFrameworkCore;\npublic class ShopContext : DbContext {\n  public DbSet<Order> Orders { get; set; }\n  public DbSet<Line> Lines { get; set; }\n}\n",
      "Data/Entities/Order.cs":
        "public class Order {\n  public int Id { get; set; }\n  public string Name { get; set; }\n  public virtual ICollection<Line> Lines { get; set; }\n}\n",
      "Web/Pay.cs": "public class Pay {\n  void Do() { _context.Orders.Add(new Order()); }\n}\n",
    },
    [
      "Lines: read Data/Entities/Order.cs, map Data/ShopContext.cs",
      "Orders: map Data/Entities/Order.cs, map Data/ShopContext.cs, write Web/Pay.cs",
    ],
  ],
  [
    "TypeORM",
    {
      "billing/invoice.ts":
        "import { Entity, ManyToOne } from 'typeorm';\nimport { Order } from '../sales/order';\n@Entity('invoices')\nexport class Invoice {\n  @ManyToOne(() => Order)\n  order: Order;\n}\n",
      "sales/order.ts": "import { Entity } from 'typeorm';\n@Entity('orders')\nexport class Order {}\n",
    },
    ["invoices: map billing/invoice.ts", "orders: read billing/invoice.ts, map sales/order.ts"],
  ],
  [
    "Prisma",
    {
      "prisma/schema.prisma": 'model Order {\n  id Int @id\n  @@map("orders")\n}\n',
      "web/pay.ts":
        "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nawait prisma.order.create({ data: {} });\n",
    },
    ["orders: map prisma/schema.prisma, write web/pay.ts"],
  ],
  [
    "JPA",
    {
      "src/billing/Invoice.java":
        'import jakarta.persistence.*;\n@Entity\n@Table(name = "invoices")\npublic class Invoice {\n  @ManyToOne(fetch = FetchType.LAZY)\n  @JoinColumn(name = "order_id")\n  private Order order;\n}\n',
      "src/sales/Order.java":
        'import jakarta.persistence.*;\n@Entity\n@Table(name = "orders")\npublic class Order {\n  @Id Long id;\n}\n',
    },
    ["invoices: map src/billing/Invoice.java", "orders: read src/billing/Invoice.java, map src/sales/Order.java"],
  ],
  [
    "Eloquent",
    {
      "app/Billing/Invoice.php":
        "<?php\nuse Illuminate\\Database\\Eloquent\\Model;\nclass Invoice extends Model {\n  function order() { return $this->belongsTo(Order::class); }\n}\n",
      "app/Sales/Order.php": "<?php\nuse Illuminate\\Database\\Eloquent\\Model;\nclass Order extends Model {}\n",
      "database/migrations/1_jobs.php": "<?php\nSchema::create('jobs', function () {});\n",
    },
    ["invoices: map app/Billing/Invoice.php", "orders: read app/Billing/Invoice.php, map app/Sales/Order.php"],
  ],
])("%s", (_, files, expected) => {
  expect(tables(files)).toEqual(expected);
});

function firstFolder(path: string): Ref {
  return `component:default/${path.split("/")[0] ?? ""}`;
}

test("two services with a table of one name have two tables, and a test has none", () => {
  const text = 'import { Entity } from "typeorm";\n@Entity("orders")\nexport class Order {}\n';
  expect(tables({ "a/order.ts": text, "b/order.ts": text, "b/order.test.ts": text }, firstFolder)).toEqual([
    "orders: map a/order.ts",
    "orders: map b/order.ts",
  ]);
});
