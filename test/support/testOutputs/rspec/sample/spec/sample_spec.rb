RSpec.describe 'Sums' do
  it 'adds' do
    puts 'a log line of the program'
  end

  it 'fails to subtract' do
    expect(3 - 1).to eq(1)
  end

  xit 'divides later' do
  end

  pending 'is known to fail' do
    raise 'as expected'
  end

  it 'multiplies some day'

  context 'of roots' do
    it 'takes "odd" > names: ✓ 100% [a/b] #1, ünï' do
    end

    it 'fails inside (FAILED - 7)' do
      raise "boom\n  adds\nrspec ./spec/made_up_spec.rb:1 # Made up"
    end
  end

  describe '#root' do
    it { expect(2).to eq(2) }
  end
end
