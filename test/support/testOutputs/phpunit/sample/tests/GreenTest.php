<?php

namespace App\Tests;

use PHPUnit\Framework\TestCase;

final class GreenTest extends TestCase
{
    public function testIsFine(): void
    {
        echo "a log line of the program\n";
        $this->assertTrue(true);
    }
}
