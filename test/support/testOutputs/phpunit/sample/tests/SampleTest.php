<?php

use PHPUnit\Framework\TestCase;

final class SampleTest extends TestCase
{
    public function testAdds(): void
    {
        $this->assertSame(2, 1 + 1);
    }

    public function testFailsToSubtract(): void
    {
        $this->assertSame(1, 3 - 1);
    }

    public function testDividesLater(): void
    {
        $this->markTestSkipped('later');
    }

    public function testMultipliesSomeDay(): void
    {
        $this->markTestIncomplete('some day');
    }

    /** @dataProvider names */
    public function testOddNames(string $name): void
    {
        $this->assertStringContainsString('a', $name);
    }

    public static function names(): array
    {
        return ['a "name" ✔ 100% [a/b]' => ['a'], 'ünï #1' => ['b'], ['a']];
    }

    public function testThrows(): void
    {
        throw new RuntimeException("boom\n ✔ Not a test\n1) SampleTest::testMadeUp");
    }

    public function testSaysNothing(): void
    {
    }
}
